import { expect } from 'chai'
import { toSignInView } from '../../../../server/features/accounts/sign-in.view.js'
import { projectTexts } from '../../../support/project-files.js'

const t = projectTexts().translator('en')
const form = { login: 'an', next: '/reports', csrfToken: 'x', langQuery: '?lang=en' }

describe('the sign-in page', () => {
  it('has no error at first and posts in the language it is read in', () => {
    expect(toSignInView({ ...form, login: '' }, t)).to.deep.include({
      pageTitle: 'Sign in',
      error: null,
      action: '/sign-in?lang=en',
    })
  })

  it('keeps the login and says so in its title when sign-in failed', () => {
    expect(toSignInView({ ...form, fault: 'refused' }, t)).to.deep.include({
      pageTitle: 'Error: Sign in',
      login: 'an',
      next: '/reports',
      isRefused: true,
    })
  })

  it('says how long to wait after too many tries', () => {
    expect(toSignInView({ ...form, fault: 'too_many_tries' }, t).error).to.include('15 minutes')
  })
})
