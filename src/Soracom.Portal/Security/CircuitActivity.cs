using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Security;

/// <summary>
/// Notes that a session is in use while somebody works in a circuit, which sends no further requests; otherwise a
/// session would idle away under the hands of its user.
/// </summary>
/// <param name="authentication">Who is signed in to the circuit.</param>
/// <param name="sessions">The sign-in sessions.</param>
/// <param name="clock">The clock.</param>
internal sealed class CircuitActivity(AuthenticationStateProvider authentication, SignInSessions sessions, TimeProvider clock) : CircuitHandler
{
    private static readonly TimeSpan Granularity = TimeSpan.FromMinutes(1);

    private DateTimeOffset noted = clock.GetUtcNow();

    /// <inheritdoc />
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async context =>
    {
        if (clock.GetUtcNow() - noted >= Granularity)
        {
            noted = clock.GetUtcNow();
            if (SignedIn.From((await authentication.GetAuthenticationStateAsync()).User, address: null) is { } person)
            {
                await sessions.UseAsync(person.SessionId, CancellationToken.None);
            }
        }

        await next(context);
    };
}
