import { createSmtpPool, type SmtpSettings } from './smtp-pool.js'

/** Connects and logs in once, and sends nothing. Throws what nodemailer throws. */
export async function probeSmtp(settings: SmtpSettings, timeoutMs: number): Promise<void> {
  const pool = createSmtpPool(settings)
  let late: NodeJS.Timeout | undefined
  try {
    await Promise.race([
      pool.verify(),
      new Promise((_, reject) => {
        late = setTimeout(() => reject(new Error(`no answer within ${timeoutMs / 1_000} s`)), timeoutMs)
      }),
    ])
  } finally {
    clearTimeout(late)
    pool.close()
  }
}
