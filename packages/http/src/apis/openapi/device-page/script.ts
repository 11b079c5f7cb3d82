/** Runs in the browser. The token of a sign-in stays in its memory, and is ended once the device is answered. */
export const script = `'use strict'
const form = document.getElementById('device')
const outcome = document.getElementById('outcome')
const asker = document.getElementById('asker')
const { api, userManagement } = form.dataset
const base = api.endsWith('/') ? api : api + '/'
const fields = form.elements
const code = new URLSearchParams(location.search).get('user_code')
if (code) fields.namedItem('user_code').value = code.slice(0, 40)

async function call(method, path, { body, token } = {}) {
  const headers = { accept: 'application/json' }
  if (body) headers['content-type'] = 'application/json'
  if (token) headers.authorization = 'Bearer ' + token
  const options = { method, headers, credentials: 'same-origin' }
  const response = await fetch(base + path, body ? { ...options, body: JSON.stringify(body) } : options)
  return { ok: response.ok, status: response.status, body: await response.json() }
}

async function showAsker() {
  asker.hidden = true
  const user_code = fields.namedItem('user_code').value
  if (!user_code) return
  const { ok, status, body } = await call('GET', 'oauth/device/lookup?' + new URLSearchParams({ user_code }))
  if (status === 429) outcome.textContent = 'What asks cannot be shown now. Approve only what you started yourself.'
  if (!ok || !body.valid) return
  const time = new Date(body.requested_at).toLocaleString()
  const facts = { program: body.client_id, label: body.device_label, network: body.network || 'unknown', time }
  for (const [id, fact] of Object.entries(facts)) document.getElementById(id).textContent = fact
  asker.hidden = false
}

function problem({ status, body }) {
  if (status === 429) return 'Too many tries. Wait and try again.'
  if (status === 401) return userManagement === 'external' ? 'Sign in first, then open this page again.' : 'Invalid email or password.'
  return 'This code is wrong, was used, or has expired. ' + (body.hint || '')
}

async function answer(word) {
  const user_code = fields.namedItem('user_code').value
  let token
  if (userManagement === 'builtin') {
    const [email, password] = ['email', 'password'].map((name) => fields.namedItem(name).value)
    const signedIn = await call('POST', 'oauth/device/sign-in', { body: { email, password } })
    if (!signedIn.ok) return problem(signedIn)
    token = signedIn.body.token
  }
  try {
    const answered = await call('POST', 'oauth/device/' + word, { body: { user_code }, token })
    if (!answered.ok) return problem(answered)
    form.hidden = true
    return word === 'approve' ? 'Approved. You can return to your device.' : 'Refused. The device gets nothing.'
  } finally {
    if (token) await call('DELETE', 'account/sessions/self', { token }).catch(() => {})
  }
}

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  outcome.textContent = ''
  try {
    outcome.textContent = await answer(event.submitter && event.submitter.value === 'deny' ? 'deny' : 'approve')
  } catch {
    outcome.textContent = 'That did not work. Try again.'
  }
})
fields.namedItem('user_code').addEventListener('change', () => showAsker().catch(() => {}))
showAsker().catch(() => {})
`
