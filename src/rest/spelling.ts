const SNAKE = /^[a-z][a-z0-9]*(_[a-z][a-z0-9]*)+$/
const CAMEL = /^[a-z][a-z0-9]*([A-Z][a-z0-9]*)+$/

/** `log_type` as the code spells it: `logType`. Whatever is not in snake_case stays as it is. */
export function toCamel(name: string): string {
  return SNAKE.test(name) ? name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) : name
}

/** `logType` as REST spells it: `log_type`. Whatever is not in camelCase stays as it is. */
export function toSnake(name: string): string {
  return CAMEL.test(name) ? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : name
}
