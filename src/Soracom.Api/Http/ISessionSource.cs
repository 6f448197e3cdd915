namespace Soracom.Api.Http;

/// <summary>Where a call gets the session from that it carries.</summary>
internal interface ISessionSource
{
    /// <summary>The session to call with; null for an anonymous call.</summary>
    ValueTask<SoracomSession?> GetAsync(CancellationToken cancellationToken);

    /// <summary>Another session in place of one that the vendor has rejected; null when the rejection has to stand.</summary>
    ValueTask<SoracomSession?> ReplaceAsync(SoracomSession rejected, CancellationToken cancellationToken);
}

/// <summary>The account's shared session, signed in anew when it is rejected.</summary>
internal sealed class AccountSessionSource(SoracomSessions sessions, SoracomAccount account) : ISessionSource
{
    public async ValueTask<SoracomSession?> GetAsync(CancellationToken cancellationToken) =>
        await sessions.GetAsync(account, cancellationToken);

    public ValueTask<SoracomSession?> ReplaceAsync(SoracomSession rejected, CancellationToken cancellationToken) =>
        sessions.ReplaceAsync(account, rejected, cancellationToken);
}

/// <summary>One given session, or none at all: for signing in, renewing and signing out.</summary>
internal sealed class FixedSessionSource(SoracomSession? session) : ISessionSource
{
    public ValueTask<SoracomSession?> GetAsync(CancellationToken cancellationToken) => new(session);

    public ValueTask<SoracomSession?> ReplaceAsync(SoracomSession rejected, CancellationToken cancellationToken) => default;
}
