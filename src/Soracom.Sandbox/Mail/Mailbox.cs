namespace Soracom.Sandbox.Mail;

/// <summary>
/// The mails that the service would have sent, most recent last; only as many as somebody at a demo reads. Forgotten at the end of the
/// process. Thread-safe.
/// </summary>
internal sealed class Mailbox
{
    private const int MostKept = 200;

    private readonly Lock gate = new();
    private readonly Queue<SandboxMail> mails = new();

    public IReadOnlyList<SandboxMail> All
    {
        get
        {
            lock (gate)
            {
                return [.. mails];
            }
        }
    }

    public void Send(SandboxMail mail)
    {
        lock (gate)
        {
            mails.Enqueue(mail);
            if (mails.Count > MostKept)
            {
                mails.Dequeue();
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            mails.Clear();
        }
    }
}

/// <summary>A mail that was not really sent. <see cref="object.ToString"/> leaves the text out.</summary>
/// <param name="To">Address.</param>
/// <param name="Subject">What it is for.</param>
/// <param name="Token">The token that it brings; empty where it brings none.</param>
/// <param name="Sent">When.</param>
internal sealed record SandboxMail(string To, string Subject, string Token, DateTimeOffset Sent)
{
    /// <summary>What it says, where somebody has written that; the service's own words are not kept.</summary>
    public string? Text { get; init; }

    public override string ToString() => $"{nameof(SandboxMail)} {Subject}";
}
