using System.Data.Common;
using System.Diagnostics;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Security;

/// <summary>
/// Notes that a session is in use while somebody works in a circuit, which sends no further requests; otherwise a
/// session would idle away under the hands of its user. Gives each thing done there an id as a request has one, which log
/// and audit trail name.
/// </summary>
/// <param name="authentication">Who is signed in to the circuit.</param>
/// <param name="sessions">The sign-in sessions.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class CircuitActivity(
    AuthenticationStateProvider authentication, SignInSessions sessions, TimeProvider clock, ILogger<CircuitActivity> log) : CircuitHandler
{
    private const string ActName = "Soracom.Portal.CircuitAct";

    private static readonly TimeSpan Granularity = TimeSpan.FromMinutes(1);

    private DateTimeOffset noted = clock.GetUtcNow();

    /// <inheritdoc />
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async context =>
    {
        using var act = Activity.Current is null ? new Activity(ActName).Start() : null;
        await NoteAsync();
        await next(context);
    };

    /// <summary>Notes that somebody works here, unless that was noted within the last minute.</summary>
    /// <returns>A task that ends when it is noted, or could not be.</returns>
    internal async Task NoteAsync()
    {
        if (clock.GetUtcNow() - noted < Granularity)
        {
            return;
        }

        noted = clock.GetUtcNow();
        if (SignedIn.From((await authentication.GetAuthenticationStateAsync()).User, address: null) is not { } person)
        {
            return;
        }

        try
        {
            await sessions.UseAsync(person.SessionId, CancellationToken.None);
        }
        catch (Exception error) when (error is DbException or DbUpdateException)
        {
            // A database that is away for a moment is no reason to take the page from under somebody's hands; what they do
            // next asks it again, and says so if it is still away.
            LogNotNoted(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The use of a session could not be noted; trying again in a minute.")]
    private partial void LogNotNoted(Exception error);
}
