// `npm run test:faults`, or `npm run test:faults -- --rows 1,2,7 --seed 42 --runs 3`.

import { runCompiled } from './run-compiled.js'

runCompiled('test/faults', 'giftpulse-faults')
