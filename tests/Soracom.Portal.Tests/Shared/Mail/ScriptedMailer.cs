using System.Collections.Concurrent;
using Soracom.Portal.Data.Mail;
using Soracom.Portal.Shared.Mail;

namespace Soracom.Portal.Tests.Shared.Mail;

/// <summary>Takes letters, or refuses them as told.</summary>
internal sealed class ScriptedMailer : IMailer
{
    public ConcurrentQueue<(Guid Id, Letter Letter)> Taken { get; } = new();

    /// <summary>Why it refuses; null where it takes everything.</summary>
    public MailFailure? Refusing { get; set; }

    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    public bool IsOn => true;

    public async Task SendAsync(Guid id, Letter letter, CancellationToken cancellationToken)
    {
        await Before();
        if (Refusing is { } failure)
        {
            throw new MailException(failure, "as told");
        }

        Taken.Enqueue((id, letter));
    }
}
