using System.Text.RegularExpressions;

namespace Soracom.Portal.Features.RemoteAccess.Policies;

/// <summary>What a tenant's tickets look like. The owner writes the pattern, so it is of the kind that takes a time that grows with the text alone.</summary>
public static class TicketPattern
{
    /// <summary>Whether a pattern can be used.</summary>
    /// <param name="pattern">The regular expression; empty for anything.</param>
    /// <returns>True when it can.</returns>
    public static bool IsUsable(string pattern) => Of(pattern) is not null;

    /// <summary>Whether a ticket, as a whole, is as the pattern says.</summary>
    /// <param name="pattern">The regular expression; empty for anything.</param>
    /// <param name="ticket">The ticket.</param>
    /// <returns>True when it is; false too where the pattern can't be used.</returns>
    public static bool Fits(string pattern, string ticket)
    {
        try
        {
            return Of(pattern)?.IsMatch(ticket) ?? false;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static Regex? Of(string pattern)
    {
        try
        {
            // By itself first: a pattern that closes what it has not opened would end what is put around it, and with it that the whole ticket counts.
            var alone = Plain(pattern);
            return pattern.Length == 0 ? alone : Plain($@"\A(?:{pattern})\z");
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (NotSupportedException)
        {
            // What can't be matched without going back.
            return null;
        }
    }

    private static Regex Plain(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
}
