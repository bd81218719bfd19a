// `npm run bench`, or `npm run bench -- <name>`.

import { runCompiled } from './run-compiled.js'

runCompiled('bench', 'giftpulse-bench')
