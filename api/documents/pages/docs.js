// validatorUrl is null because Swagger UI would otherwise ask a public host about the document.
window.addEventListener("load", () => {
  SwaggerUIBundle({
    url: "/openapi.json",
    dom_id: "#page",
    deepLinking: true,
    docExpansion: "none",
    validatorUrl: null,
  });
});
