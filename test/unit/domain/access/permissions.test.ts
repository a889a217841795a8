import { expect } from 'chai'
import {
  type GRANTS,
  lets,
  mayDo,
  PERMISSIONS,
  ROLES,
  type Role,
} from '../../../../server/domain/access/permissions.js'

const rolesWith = (permission: keyof typeof GRANTS) => ROLES.filter((role) => mayDo(role, permission))

describe('what roles may do', () => {
  it('a monitor sees all units and changes nothing', () => {
    expect(PERMISSIONS.filter((permission) => mayDo('monitor', permission))).to.deep.equal([
      'see_reports',
      'see_scores',
      'see_voids',
    ])
  })

  it('agencies see scores and no report of the city', () => {
    for (const role of ['agency_head', 'agency_viewer'] as const) {
      expect(PERMISSIONS.filter((permission) => mayDo(role, permission))).to.deep.equal(['see_scores'])
    }
  })

  it('devices and enumerators hand answers in and see none', () => {
    for (const role of ['kiosk', 'enumerator'] as const) {
      expect(PERMISSIONS.filter((permission) => mayDo(role, permission))).to.have.members([
        'collect_answers',
        'hold_token',
      ])
    }
  })

  it('who keeps accounts publishes nothing, and who publishes keeps no accounts', () => {
    expect(rolesWith('publish_release')).to.deep.equal(['method_owner'])
    expect(rolesWith('manage_accounts')).to.deep.equal(['administrator'])
  })

  it('a route for everybody, or for whoever is signed in, lets every role pass; others their roles alone', () => {
    const passes = (rule: Parameters<typeof lets>[0]): readonly Role[] => ROLES.filter((role) => lets(rule, role))
    expect([passes('public'), passes('signed_in')]).to.deep.equal([ROLES, ROLES])
    expect(passes('read_audit')).to.deep.equal(['administrator', 'auditor'])
  })
})
