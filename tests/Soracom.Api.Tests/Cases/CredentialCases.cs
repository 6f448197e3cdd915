namespace Soracom.Api.Tests.Cases;

internal sealed class CredentialCases : IApiCases
{
    private const string Known = "kinesis-telemetry";

    private static readonly object Aws = new
    {
        type = "aws-credentials",
        description = "予備",
        credentials = new { accessKeyId = "AKIAEXAMPLE", secretAccessKey = "example/secret" },
    };

    public static IEnumerable<ApiCase> All =>
    [
        new("listCredentials", 200, api => api.CallAsync("listCredentials")),
        new("createCredential", 201, api => api.CallAsync("createCredential", ["spare-key"], body: Aws)),
        new("createCredential", 400, api => api.CallAsync("createCredential", [Known], body: Aws)) { About = "taken" },
        new("createCredential", 400, api => api.CallAsync("createCredential", ["spare-key"], body: new { type = "unheard-of", credentials = new { } })) { About = "unknown type" },
        new("updateCredential", 200, api => api.CallAsync("updateCredential", [Known], body: Aws)),
        new("updateCredential", 400, api => api.CallAsync("updateCredential", [Known], body: new { type = "psk", credentials = "text" })),
        new("deleteCredential", 204, api => api.CallAsync("deleteCredential", [Known])),
        new("deleteCredential", 404, api => api.CallAsync("deleteCredential", ["none"])),
    ];
}
