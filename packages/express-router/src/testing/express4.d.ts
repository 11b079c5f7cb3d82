/** Express 4 under another package name, with the types of Express 5: the tests only use their common part. */
declare module 'express4' {
  import express from 'express'

  export = express
}
