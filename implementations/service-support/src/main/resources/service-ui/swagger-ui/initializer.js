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

async function start() {
  const { contract, services } = root.dataset;
  const source = services
    ? { urls: (await (await fetch(services)).json()).map(contractOf), layout: "StandaloneLayout" }
    : { url: absolute(contract), layout: "BaseLayout" };

  window.ui = SwaggerUIBundle({
    ...source,
    domNode: root,
    presets: [SwaggerUIBundle.presets.apis, ...(services ? [SwaggerUIStandalonePreset] : [])],
    deepLinking: true,
    tryItOutEnabled: true,
    displayRequestDuration: true,
    persistAuthorization: Boolean(services),
    validatorUrl: "none",
  });
}

start();
