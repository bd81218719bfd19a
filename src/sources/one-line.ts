/** Text from outside, without what could forge lines, headers or colours where it is shown. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
}
