using Soracom.Portal.Data.Mail;

namespace Soracom.Portal.Shared.Mail;

/// <summary>No mail server is set: nothing is sent.</summary>
internal sealed class NoMailer : IMailer
{
    /// <inheritdoc />
    public bool IsOn => false;

    /// <inheritdoc />
    public Task SendAsync(Guid id, Letter letter, CancellationToken cancellationToken) => throw new MailException(MailFailure.Unreachable, "no mail server is set");
}
