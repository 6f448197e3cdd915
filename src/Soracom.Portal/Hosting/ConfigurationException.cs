using Microsoft.Extensions.Options;
using Soracom.Api;

namespace Soracom.Portal.Hosting;

/// <summary>The portal can't start as it is configured. The message names the key and says what it needs.</summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ConfigurationException()
        : this("The portal can't start as it is configured.")
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">Names the key and says what it needs.</param>
    public ConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and a cause.</summary>
    /// <param name="message">Names the key and says what it needs.</param>
    /// <param name="innerException">The cause.</param>
    public ConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal ConfigurationException(IEnumerable<OptionsValidationException> errors, Exception cause)
        : this(
            "The portal can't start as it is configured:" + Environment.NewLine
            + string.Join(Environment.NewLine, errors.SelectMany(error => error.Failures).Select(failure => "  " + NameKey(failure))),
            cause)
    {
    }

    // The client library knows its options' type, not the section that they are read from.
    private static string NameKey(string failure) => failure.Replace($"{nameof(SoracomApiOptions)}.", $"{SoracomSection.Name}:", StringComparison.Ordinal);
}
