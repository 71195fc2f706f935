// Starts Swagger UI in #swagger-ui. data-contract: the one contract to show; data-services: a JSON file that lists several.
// Everything is relative to the page, so that it works behind any path prefix; kept out of the page for script-src 'self'.
const root = document.getElementById("swagger-ui");

const absolute = (address) => new URL(address, document.baseURI).href;

// {name, port}: the same host that the page came from (localhost or 127.0.0.1), another port; {name, url}: anything else.
const contractOf = ({ name, url, port }) => {
  if (url) return { name, url: absolute(url) };
  const address = new URL("/openapi.yaml", document.baseURI);
  address.port = port;
  return { name, url: address.href };
};

// Swagger UI would fetch openIdConnectUrl from the issuer as soon as the page opens, and could not log in without a client
// of its own there: offer a field for a token instead.
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
