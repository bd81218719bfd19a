// `npm run soak`, or `npm run soak -- --minutes 10 --seed 42 --rate 50 --write`.

import { runCompiled } from './run-compiled.js'

runCompiled('test/soak', 'giftpulse-soak')
