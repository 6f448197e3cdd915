using Soracom.Portal.Browser.Tests.Support;

[assembly: AssemblyFixture(typeof(TheBrowser))]
[assembly: AssemblyFixture(typeof(ThePortal))]
