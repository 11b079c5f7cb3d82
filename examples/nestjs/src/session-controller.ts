import { Controller, HttpCode, Param, Post, Res } from '@nestjs/common'
import type { Response } from 'express'
import { startSession } from './session.js'

@Controller('sign-in')
export class SessionController {
  @Post(':name')
  @HttpCode(204)
  signIn(@Param('name') name: string, @Res({ passthrough: true }) response: Response): void {
    response.setHeader('set-cookie', startSession(name))
  }
}
