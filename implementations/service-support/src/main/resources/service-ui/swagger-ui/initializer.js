// Starts Swagger UI in the element #swagger-ui. Its attribute data-contract is the URL of a single contract; data-services is the URL of
// a JSON file that lists several services. All URLs are relative to the page, so the page works behind any path prefix. The script is a
// separate file because the pages' Content-Security-Policy (script-src 'self') forbids inline scripts.
const root = document.getElementById("swagger-ui");

const absolute = (address) => new URL(address, document.baseURI).href;

// A service is either {name, port}, for another port on the host of the page (localhost or 127.0.0.1), or {name, url}, for any other
// location.
const contractOf = ({ name, url, port }) => {
  if (url) return { name, url: absolute(url) };
  const address = new URL("/openapi.yaml", document.baseURI);
  address.port = port;
  return { name, url: address.href };
};

// Swagger UI would fetch openIdConnectUrl from the issuer when the page opens, but could not log in, because it is not registered as
// a client with the issuer. This plugin replaces that scheme with a field for a bearer token.
const bearerInsteadOfOidc = ({ fn: { resolveSubtree } }) => ({
  fn: {
    resolveSubtree: async (contract, path, ...rest) => {
      const resolved = await resolveSubtree(contract, path, ...rest);
      if (path.join(".") === "components.securitySchemes")
        for (const scheme of Object.values(resolved.spec ?? {}))
          if (scheme.type === "openIdConnect") Object.assign(scheme, { type: "http", scheme: "bearer", bearerFormat: "JWT" });
      return resolved;
    },
  },
});

async function start() {
  const { contract, services } = root.dataset;
  const source = services
    ? { urls: (await (await fetch(services)).json()).map(contractOf), layout: "StandaloneLayout" }
    : { url: absolute(contract), layout: "BaseLayout" };

  window.ui = SwaggerUIBundle({
    ...source,
    domNode: root,
    presets: [SwaggerUIBundle.presets.apis, ...(services ? [SwaggerUIStandalonePreset] : [])],
    plugins: [bearerInsteadOfOidc],
    deepLinking: true,
    tryItOutEnabled: true,
    displayRequestDuration: true,
    persistAuthorization: Boolean(services),
    validatorUrl: "none",
  });
}

start();
