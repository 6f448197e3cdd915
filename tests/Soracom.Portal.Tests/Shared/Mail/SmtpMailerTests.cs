using System.Net;
using System.Net.Sockets;
using System.Text;
using Soracom.Portal.Data.Mail;
using Soracom.Portal.Shared.Mail;

namespace Soracom.Portal.Tests.Shared.Mail;

/// <summary>What goes to a mail server, and what its answers mean.</summary>
public sealed class SmtpMailerTests
{
    private static readonly Letter Letter = new("kei@example.com", "青葉物流への招待", "Text: 次のリンク", "<p>Html: 次のリンク</p>");

    [Fact]
    public async Task Send_GivesTheServerTextAndPage_UnderTheMailsOwnId()
    {
        await using var server = new MailServer();
        var id = Guid.NewGuid();

        await server.Mailer().SendAsync(id, Letter, Watchdog.Token);

        Assert.Contains("MAIL FROM:<portal@example.com>", server.Said, StringComparison.Ordinal);
        Assert.Contains("RCPT TO:<kei@example.com>", server.Said, StringComparison.Ordinal);
        Assert.Contains($"Message-ID: <{id:N}@example.com>", server.Said, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("text/plain", server.Said, StringComparison.Ordinal);
        Assert.Contains("text/html", server.Said, StringComparison.Ordinal);
        Assert.Contains("Subject: =?utf-8?", server.Said, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 kei@example.com: no such user", MailFailure.Recipient)]
    [InlineData("RCPT", "451 4.7.1 try again later", MailFailure.Unreachable)]
    [InlineData("MAIL", "530 5.7.0 authentication required", MailFailure.SignIn)]
    [InlineData("DATA", "554 5.7.1 kei@example.com: refused", MailFailure.Refused)]
    [InlineData("DATA", "452 4.3.1 no room", MailFailure.Unreachable)]
    public async Task Send_TheServerRefuses_SaysWhy_WithoutTheServersWords(string command, string answer, MailFailure failure)
    {
        await using var server = new MailServer(command, answer);

        var error = await Assert.ThrowsAsync<MailException>(() => server.Mailer().SendAsync(Guid.NewGuid(), Letter, Watchdog.Token));

        Assert.Equal(failure, error.Failure);
        Assert.DoesNotContain("kei@example.com", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_NobodyListens_IsUnreachable()
    {
        var server = new MailServer();
        await server.DisposeAsync();

        var error = await Assert.ThrowsAsync<MailException>(() => server.Mailer().SendAsync(Guid.NewGuid(), Letter, Watchdog.Token));

        Assert.Equal(MailFailure.Unreachable, error.Failure);
    }

    [Fact]
    public async Task Send_TheServerCantEncrypt_SendsNothing()
    {
        await using var server = new MailServer();

        var error = await Assert.ThrowsAsync<MailException>(() => server.Mailer(tls: true).SendAsync(Guid.NewGuid(), Letter, Watchdog.Token));

        Assert.NotEqual(MailFailure.Recipient, error.Failure);
        Assert.DoesNotContain("MAIL FROM", server.Said, StringComparison.Ordinal);
    }

    /// <summary>A mail server on a port of this machine that takes everything but what it is told to refuse.</summary>
    private sealed class MailServer : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly StringBuilder said = new();
        private readonly CancellationTokenSource ending = new();
        private readonly Task serving;
        private readonly int port;

        public MailServer(string? refusing = null, string? answer = null)
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
            serving = ServeAsync(refusing, answer);
        }

        public string Said
        {
            get
            {
                lock (said)
                {
                    return said.ToString();
                }
            }
        }

        public SmtpMailer Mailer(bool tls = false) => new(new MailOptions { Host = "127.0.0.1", Port = port, Tls = tls, From = "Portal <portal@example.com>" }, TimeProvider.System);

        public async ValueTask DisposeAsync()
        {
            await ending.CancelAsync();
            // Stopped only then: between two visitors it would not be listening, which is an error of another kind.
            await serving;
            listener.Stop();
            ending.Dispose();
        }

        private async Task ServeAsync(string? refusing, string? answer)
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync(ending.Token);
                    await TalkAsync(client.GetStream(), refusing, answer);
                }
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
            {
                // The end of the test.
            }
        }

        private async Task TalkAsync(NetworkStream stream, string? refusing, string? answer)
        {
            using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
            await AnswerAsync("220 ready");
            var inData = false;
            while (await reader.ReadLineAsync(ending.Token) is { } line)
            {
                lock (said)
                {
                    said.Append(line).Append('\n');
                }

                if (inData)
                {
                    inData = line != ".";
                    if (!inData)
                    {
                        await AnswerAsync("250 taken");
                    }
                }
                else if (refusing is not null && line.StartsWith(refusing, StringComparison.OrdinalIgnoreCase))
                {
                    await AnswerAsync(answer!);
                }
                else
                {
                    inData = line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase);
                    await AnswerAsync(inData ? "354 go on" : line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase) ? "221 bye" : "250 fine");
                }
            }

            async Task AnswerAsync(string text) => await stream.WriteAsync(Encoding.Latin1.GetBytes(text + "\r\n"), ending.Token);
        }
    }
}
