using System.Text;

namespace Soracom.Sandbox.Napter;

/// <summary>
/// What the made-up device does with whoever gets through to it: it sends back what it is sent. At its web ports it answers HTTP requests
/// that are not encrypted.
/// </summary>
internal static class DeviceSockets
{
    private const int MostHeaderBytes = 16 * 1024;

    /// <summary>Those of <see cref="Sims.DeviceCalls"/> and its neighbours, and a remote desktop's. Any other port refuses.</summary>
    private static readonly int[] Open = [7, 22, 80, 443, 554, 3389, 5900, 8080];

    private static readonly int[] Web = [80, 8080];

    private static readonly byte[][] Methods = [.. new[] { "GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "OPTIONS " }.Select(Encoding.ASCII.GetBytes)];

    public static bool ListensOn(int port) => Open.Contains(port);

    /// <summary>Completes when the visitor has gone or has its answer.</summary>
    public static async Task ServeAsync(Stream stream, int port, CancellationToken cancellationToken)
    {
        var buffer = new byte[MostHeaderBytes];
        var read = await stream.ReadAsync(buffer, cancellationToken);
        if (Web.Contains(port) && Methods.Any(method => buffer.AsSpan(0, read).StartsWith(method)))
        {
            await AnswerAsync(stream, buffer, read, cancellationToken);
            return;
        }

        while (read > 0)
        {
            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            read = await stream.ReadAsync(buffer, cancellationToken);
        }
    }

    private static async Task AnswerAsync(Stream stream, byte[] buffer, int read, CancellationToken cancellationToken)
    {
        var more = read;
        while (more > 0 && read < buffer.Length && buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8) < 0)
        {
            more = await stream.ReadAsync(buffer.AsMemory(read), cancellationToken);
            read += more;
        }

        const string Page = "<!doctype html><title>gateway</title><h1>gateway</h1>";
        var body = buffer.AsSpan(0, read).StartsWith("HEAD "u8) ? "" : Page;
        var answer = $"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {Page.Length}\r\nServer: gateway/1.4\r\nConnection: close\r\n\r\n{body}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), cancellationToken);
    }
}
