/** Express 4 under a name of its own, with the types of Express 5: the tests use what both have. */
declare module 'express4' {
  import express from 'express'

  export = express
}
