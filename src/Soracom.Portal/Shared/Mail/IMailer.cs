using Soracom.Portal.Data.Mail;

namespace Soracom.Portal.Shared.Mail;

/// <summary>The way that mail takes out of the portal.</summary>
public interface IMailer
{
    /// <summary>Whether there is one. Without, links are passed on by hand.</summary>
    bool IsOn { get; }

    /// <summary>Sends a letter.</summary>
    /// <param name="id">Identity of the mail: one that is sent once more has the same.</param>
    /// <param name="letter">The letter.</param>
    /// <param name="cancellationToken">Cancels; whether it was sent then is not known.</param>
    /// <returns>A task that ends when the letter was taken.</returns>
    /// <exception cref="MailException">It was not taken.</exception>
    Task SendAsync(Guid id, Letter letter, CancellationToken cancellationToken);
}

/// <summary>What a mail says.</summary>
/// <param name="Recipient">The address.</param>
/// <param name="Subject">The subject, in one line.</param>
/// <param name="Text">The text for those who read text.</param>
/// <param name="Html">The same as a page.</param>
public sealed record Letter(string Recipient, string Subject, string Text, string Html)
{
    /// <summary>A letter may hold the code of an invitation: it is not for a log.</summary>
    /// <returns>The letter without what it says.</returns>
    public override string ToString() => nameof(Letter);
}

/// <summary>A mail was not taken. The message says nothing of what it holds.</summary>
public sealed class MailException : Exception
{
    /// <summary>Creates the exception.</summary>
    public MailException()
        : this("The mail was not taken.")
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What went wrong.</param>
    public MailException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and a cause.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">The cause.</param>
    public MailException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal MailException(MailFailure failure, string answer)
        : base($"The mail was not taken: {answer}.") => Failure = failure;

    /// <summary>Why.</summary>
    public MailFailure Failure { get; } = MailFailure.Unreachable;
}
