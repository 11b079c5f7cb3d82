/** Runs in the browser. It keeps the sign-in's token in memory only, and revokes it after the decision. */
export const script = `'use strict'
const form = document.getElementById('device')
const outcome = document.getElementById('outcome')
const request = document.getElementById('request')
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

async function showRequest() {
  request.hidden = true
  const user_code = fields.namedItem('user_code').value
  if (!user_code) return
  const { ok, status, body } = await call('GET', 'oauth/device/lookup?' + new URLSearchParams({ user_code }))
  if (status === 429) show('error', 'The details of this request cannot be shown now. Approve only what you started yourself.')
  if (!ok || !body.valid) return
  const time = new Date(body.requested_at).toLocaleString()
  const facts = { program: body.client_id, label: body.device_label, network: body.network || 'unknown', time }
  for (const [id, fact] of Object.entries(facts)) document.getElementById(id).textContent = fact
  request.hidden = false
}

function show(state, text) {
  outcome.dataset.state = state
  outcome.textContent = text
}

/** The message of a failed call. */
function messageOf({ status, body }) {
  if (status === 429) return 'Too many attempts. Wait a few minutes, then try again.'
  if (status === 401) return userManagement === 'external' ? 'Sign in first, then open this page again.' : 'Invalid email or password.'
  return 'This code is wrong, already used or expired. ' + (body.hint || '')
}

/** Approves or denies, and returns the state and the text to show. */
async function decide(decision) {
  const user_code = fields.namedItem('user_code').value
  let token
  if (userManagement === 'builtin') {
    const [email, password] = ['email', 'password'].map((name) => fields.namedItem(name).value)
    const signedIn = await call('POST', 'oauth/device/sign-in', { body: { email, password } })
    if (!signedIn.ok) return ['error', messageOf(signedIn)]
    token = signedIn.body.token
  }
  try {
    const decided = await call('POST', 'oauth/device/' + decision, { body: { user_code }, token })
    if (!decided.ok) return ['error', messageOf(decided)]
    form.hidden = true
    return ['success', decision === 'approve' ? 'Approved. You can return to your device.' : 'Denied. The device was not signed in.']
  } finally {
    if (token) await call('DELETE', 'account/sessions/self', { token }).catch(() => {})
  }
}

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  show('', '')
  try {
    show(...(await decide(event.submitter && event.submitter.value === 'deny' ? 'deny' : 'approve')))
  } catch {
    show('error', 'The server could not be reached. Try again.')
  }
})
fields.namedItem('user_code').addEventListener('change', () => showRequest().catch(() => {}))
showRequest().catch(() => {})
`
