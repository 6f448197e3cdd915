using System.Text;
using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

internal sealed class FileCases : IApiCases
{
    public static IEnumerable<ApiCase> All =>
    [
        new("findFiles", 200, api => api.CallAsync("findFiles", query: "scope=private&prefix=%2Freports")),
        new("findFiles", 200, api => api.CallAsync("findFiles", query: "scope=public&prefix=%2F")) { About = "public" },
        new("findFiles", 400, api => api.CallAsync("findFiles", query: "scope=private")),
        new("findFiles", 404, api => api.CallAsync("findFiles", query: "scope=other&prefix=%2F")),
        new("listFiles", 200, api => api.CallAsync("listFiles", ["private", ""])) { About = "root" },
        new("listFiles", 200, api => api.CallAsync("listFiles", ["private", "/"])) { About = "root with more slashes" },
        new("listFiles", 200, api => api.CallAsync("listFiles", ["private", "現場"])) { About = "directory" },
        new("listFiles", 404, api => api.CallAsync("listFiles", ["private", "none"])),
        new("getFile", 302, api => api.CallAsync("getFile", ["private", "config/devices.json"])) { About = "file" },
        new("getFile", 302, api => api.CallAsync("getFile", ["private", "config"])) { About = "directory" },
        new("getFile", 404, api => api.CallAsync("getFile", ["private", "config/none"])),
        new("getFileMetadata", 200, api => api.CallAsync("getFileMetadata", ["private", "/config//devices.json"])),
        new("getFileMetadata", 404, api => api.CallAsync("getFileMetadata", ["private", "none"])),
        new("putFile", 201, api => PutAsync(api, "new/one.txt")),
        new("putFile", 200, api => PutAsync(api, "config/devices.json")),
        new("putFile", 400, api => PutAsync(api, "config")) { About = "directory" },
        new("putFile", 400, api => PutAsync(api, "config/devices.json/below")) { About = "below a file" },
        new("deleteFile", 204, api => api.CallAsync("deleteFile", ["private", "config/devices.json"])),
        new("deleteFile", 404, api => api.CallAsync("deleteFile", ["private", "config"])),
        new("deleteDirectory", 204, DeleteDirectoryAsync),
        new("deleteDirectory", 400, api => api.CallAsync("deleteDirectory", ["private", "config"])),
        new("deleteDirectory", 404, api => api.CallAsync("deleteDirectory", ["private", "config/devices.json"])),
    ];

    private static Task<Reply> PutAsync(ApiCalls api, string path) =>
        api.CallAsync("putFile", ["private", path], body: new StringContent("text", Encoding.UTF8, "text/plain"));

    private static async Task<Reply> DeleteDirectoryAsync(ApiCalls api)
    {
        await api.CallAsync("deleteFile", ["private", "config/devices.json"]);
        return await api.CallAsync("deleteDirectory", ["private", "config"]);
    }
}
