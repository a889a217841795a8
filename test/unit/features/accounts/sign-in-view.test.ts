import { expect } from 'chai'
import { toSignInView } from '../../../../server/features/accounts/sign-in.view.js'
import { projectTexts } from '../../../support/project-files.js'

const t = projectTexts().translator('en')
const form = { login: 'an', next: '/reports', csrfToken: 'x', langQuery: '?lang=en', provider: null }

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

  it('offers the provider where there is one, on the way to where the reader was going', () => {
    const { provider } = toSignInView({ ...form, provider: { name: 'Hà Nội ID' } }, t)
    expect(provider).to.deep.equal({
      label: 'Sign in with Hà Nội ID',
      href: '/sign-in/provider?lang=en&next=%2Freports',
    })
    expect(toSignInView(form, t).provider).to.equal(null)
  })

  it('says how long to wait after too many tries', () => {
    expect(toSignInView({ ...form, fault: 'too_many_tries' }, t).error).to.include('15 minutes')
  })
})
