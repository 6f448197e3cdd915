using Soracom.Portal;
using Soracom.Portal.Hosting;

try
{
    await using var portal = await PortalApplication.CreateAsync(args);
    return await Administration.TryRunAsync(portal, args, Console.Out, CancellationToken.None) ?? await PortalApplication.RunAsync(portal);
}
catch (ConfigurationException error)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 78; // EX_CONFIG of sysexits.h
}
