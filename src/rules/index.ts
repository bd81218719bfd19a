import { errorCode } from './error-code.js'
import type { PatternReader } from './pattern-type.js'
import { regex } from './regex.js'
import { status } from './status.js'
import { system } from './system.js'
import { threshold } from './threshold.js'

/** Every rule type there is. A new one is a file of its own, a value in `PatternType` and a line here. */
export const patternTypes: readonly PatternReader[] = [errorCode, regex, status, threshold, system]
