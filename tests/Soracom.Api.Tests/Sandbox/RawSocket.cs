using System.Net.Sockets;
using System.Text;

namespace Soracom.Api.Tests.Sandbox;

/// <summary>Sends what no HTTP client would.</summary>
internal static class RawSocket
{
    /// <summary>Sends a request as it is, a byte a character, and reads until the server closes the connection.</summary>
    public static async Task<string> ExchangeAsync(string request, Uri address)
    {
        var stop = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, stop);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), stop);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(stop);
    }
}
