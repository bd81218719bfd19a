import { type Command, Argument } from 'commander'
import { print } from '../terminal.js'

export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .summary('print a completion script for a shell')
    .description('Prints a script that completes commands and options: source <(giftpulse completion bash)')
    .addArgument(new Argument('<shell>', 'your shell').choices(['bash', 'zsh']))
    .action((shell: string) =>
      print(shell === 'zsh' ? `${ZSH_HEAD}\n${bashScript(program)}` : bashScript(program)),
    )
}

const ZSH_HEAD = 'autoload -U +X bashcompinit && bashcompinit'

/** One case for each command: the words before the one that is completed, and what may follow them. */
function bashScript(program: Command): string {
  const cases = commandsOf(program, []).map(
    ({ words, next }) => `    "${words.join(' ')}") next="${next.join(' ')}" ;;`,
  )
  return `_giftpulse() {
  local word path="" next=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $word == -* ]] || path="\${path:+$path }$word"
  done
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$next" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _giftpulse giftpulse`
}

interface Completion {
  readonly words: readonly string[]
  readonly next: readonly string[]
}

function commandsOf(command: Command, words: readonly string[]): Completion[] {
  const options = command.options.flatMap(({ long }) => long ?? [])
  const next = [...command.commands.map((inner) => inner.name()), ...options, '--help']
  return [
    { words, next },
    ...command.commands.flatMap((inner) => commandsOf(inner, [...words, inner.name()])),
  ]
}
