SwaggerUIBundle({
  url: "/v3/api-docs",
  dom_id: "#api",
  deepLinking: true,
  filter: true,
  docExpansion: "none",
  // The check of the document by somebody else's server.
  validatorUrl: null,
});
