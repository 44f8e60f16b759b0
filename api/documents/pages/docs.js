// Where an id is wanted of what people write or hand in (`x-listed`), the latest one is prefilled, or nothing.
// A reason in Chinese goes percent-encoded, as the service wants it. validatorUrl is null because Swagger UI would
// otherwise ask a public host about the document.
const prefix = "/api/v1";
let key = null;

async function latest(listed) {
  const [path, name] = listed.split(" ");
  const headers = key ? { Authorization: `Bearer ${key}` } : {};
  const answer = await fetch(prefix + path, { headers });
  return answer.ok ? (await answer.json()).data.at(-1)?.[name] : undefined;
}

async function readDocument() {
  const found = await (await fetch("/openapi.json")).json();
  const asked = {};
  for (const [path, item] of Object.entries(found.paths)) {
    for (const { schema } of Object.values(item).flatMap((operation) => operation.parameters ?? [])) {
      const listed = schema["x-listed"];
      if (!listed || !path.includes("{")) continue;
      asked[listed] ??= latest(listed);
      const value = await asked[listed];
      if (value !== undefined) schema.example = value;
    }
  }
  return found;
}

const whoLogsInSeesTheirs = (authorize, system) => async (given) => {
  authorize(given);
  key = given.key?.value ?? null;
  system.specActions.updateJsonSpec(await readDocument());
};

window.addEventListener("load", async () => {
  SwaggerUIBundle({
    spec: await readDocument(),
    dom_id: "#page",
    deepLinking: true,
    docExpansion: "none",
    validatorUrl: null,
    plugins: [() => ({ statePlugins: { auth: { wrapActions: { authorize: whoLogsInSeesTheirs } } } })],
    requestInterceptor: (request) => {
      const reason = request.headers["Cobuild-Reason"];
      if (reason && /[^ -~]/.test(reason)) request.headers["Cobuild-Reason"] = encodeURIComponent(reason);
      return request;
    },
  });
});
