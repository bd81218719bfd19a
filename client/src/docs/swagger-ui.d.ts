declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  /** What this page uses of Swagger UI. */
  interface SwaggerUi {
    preauthorizeApiKey(scheme: string, key: string): void
  }
  export default function swaggerUi(options: Readonly<Record<string, unknown>>): SwaggerUi
}
