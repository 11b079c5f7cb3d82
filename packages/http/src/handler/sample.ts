/** The placeholder in examples for a value that only the reader has. */
export const SAMPLE = {
  id: '01979e5c-5c1a-7b3e-9f52-6d1c0a4b8e77',
  email: 'you@example.com',
  password: 'your password',
  token: 'the token you were given',
  code: '123456',
  deviceCode: 'the device code you were given',
  userCode: 'BCDF-2345',
} as const
