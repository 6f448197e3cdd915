using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Security.Authentication;
using System.Text;
using Soracom.Portal.Data.Mail;

namespace Soracom.Portal.Shared.Mail;

/// <summary>Sends mail by a mail server (SMTP).</summary>
/// <param name="options">The server.</param>
/// <param name="clock">The clock.</param>
internal sealed class SmtpMailer(MailOptions options, TimeProvider clock) : IMailer
{
    /// <inheritdoc />
    public bool IsOn => true;

    /// <inheritdoc />
    public async Task SendAsync(Guid id, Letter letter, CancellationToken cancellationToken)
    {
        using var message = Message(id, letter);
        using var client = new SmtpClient(options.Host!, options.Port)
        {
            EnableSsl = options.Tls,
            UseDefaultCredentials = false,
            Credentials = string.IsNullOrEmpty(options.User) ? null : new NetworkCredential(options.User, options.Password),
        };
        // The client's own limit holds for its other, blocking method alone.
        using var late = new CancellationTokenSource(options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await client.SendMailAsync(message, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MailException(MailFailure.Unreachable, "no answer in time");
        }
        catch (SmtpException error)
        {
            // Without the server's words, which may repeat the address.
            throw new MailException(FailureOf(error), $"{(int)error.StatusCode} {error.StatusCode}, {error.InnerException?.GetType().Name ?? "no further cause"}");
        }
    }

    private static MailFailure FailureOf(SmtpException error) => (int)error.StatusCode switch
    {
        _ when error.InnerException is AuthenticationException => MailFailure.SignIn,
        454 or 530 or 534 or 535 or 538 => MailFailure.SignIn,
        >= 500 when error is SmtpFailedRecipientException => MailFailure.Recipient,
        >= 500 => MailFailure.Refused,
        _ => MailFailure.Unreachable,
    };

    private MailMessage Message(Guid id, Letter letter)
    {
        var from = new MailAddress(options.From!);
        var message = new MailMessage(from, new MailAddress(letter.Recipient))
        {
            Subject = letter.Subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
            Body = letter.Text,
            BodyEncoding = Encoding.UTF8,
        };
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(letter.Html, Encoding.UTF8, MediaTypeNames.Text.Html));
        // A mail that is sent once more, as nobody knew whether the first had arrived, is the same mail.
        message.Headers.Add("Message-ID", $"<{id:N}@{from.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
