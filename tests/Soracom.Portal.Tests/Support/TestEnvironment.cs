using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Soracom.Portal.Tests.Support;

/// <summary>A host environment of a name, with nothing on disk.</summary>
internal sealed class TestEnvironment(string name) : IHostEnvironment
{
    public string EnvironmentName { get; set; } = name;

    public string ApplicationName { get; set; } = "Soracom.Portal";

    public string ContentRootPath { get; set; } = Path.GetTempPath();

    public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
}
