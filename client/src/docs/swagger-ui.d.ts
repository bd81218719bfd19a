declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  /** What this page uses of Swagger UI. */
  interface SwaggerUi {
    preauthorizeApiKey(scheme: string, key: string): void
  }
  /** What it gives to plugins: the React that draws it, whose types are not ours. */
  export interface SwaggerSystem {
    readonly React: { createElement(component: unknown, props: object, ...children: unknown[]): unknown }
  }
  export default function swaggerUi(options: Readonly<Record<string, unknown>>): SwaggerUi
}
