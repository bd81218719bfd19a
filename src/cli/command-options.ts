import { type Command, InvalidArgumentError, Option } from 'commander'

/** `--json`: one JSON document on the output, and nothing else. */
export const jsonOption = (): Option => new Option('--json', 'print one JSON document and nothing else')

/** Lets a command ask a running product. */
export function withConnection(command: Command): Command {
  return command
    .option(
      '--url <url>',
      'where the product is reached (default: GIFTPULSE_URL, PUBLIC_URL, API_HOST:API_PORT)',
    )
    .option('--api-key-file <path>', 'a file with the key (default: API_KEY, else api-key in DATA_DIR)')
}

/** For options with a whole number of at least one. */
export function count(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Expected a whole number of at least 1.')
  return Number(text)
}

/** The same, where there is a most. */
export const countUpTo =
  (most: number) =>
  (text: string): number => {
    const given = count(text)
    if (given > most) throw new InvalidArgumentError(`Expected ${most} at most.`)
    return given
  }

/** For options that may be given more than once, each time with one of `choices`, in any case. */
export const collectOneOf =
  (choices: readonly string[]) =>
  (text: string, before: readonly string[] = []): readonly string[] => {
    if (!choices.includes(text.toLowerCase()))
      throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`)
    return collect(text, before)
  }

/** For options that may be given more than once. */
export const collect = (text: string, before: readonly string[] = []): readonly string[] => [...before, text]
