using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Soracom.Api.Auth;
using Soracom.Api.Errors;

namespace Soracom.Api.Http;

/// <summary>Signing in, renewing and signing out. Keeps nothing: that is <see cref="SoracomSessions"/>'s job.</summary>
internal sealed partial class SignIn(
    RequesterFactory requesters, IOptions<SoracomApiOptions> options, TimeProvider time, ILogger<SignIn> log)
{
    public Task<SoracomSession> SignInAsync(
        SoracomCoverage coverage, SoracomCredential credential, bool afterRejection, CancellationToken cancellationToken) =>
        SignInAsync(coverage, credential, options.Value.TokenLife, afterRejection, cancellationToken);

    /// <summary>Another token for the session's key. Fails when the session has ended or its user may not do this.</summary>
    public async Task<SoracomSession> RenewAsync(SoracomSession session, CancellationToken cancellationToken)
    {
        var askedAt = time.GetTimestamp();
        var life = options.Value.TokenLife;
        var answer = await Auth(session.Coverage, session).GenerateAuthTokenAsync(
            session.OperatorId,
            new GenerateTokenRequest { TokenTimeoutSeconds = (long)life.TotalSeconds },
            cancellationToken);
        return new SoracomSession
        {
            Coverage = session.Coverage,
            OperatorId = session.OperatorId,
            UserName = session.UserName,
            ApiKey = session.ApiKey,
            Token = Sendable(answer.Token, "generateAuthToken"),
            AskedAt = askedAt,
            Life = life,
        };
    }

    /// <summary>Signs in with a short-lived token, and out again.</summary>
    public async Task<SoracomIdentity> VerifyAsync(
        SoracomCoverage coverage, SoracomCredential credential, CancellationToken cancellationToken)
    {
        var session = await SignInAsync(
            coverage, credential, SoracomApiOptions.ShortestTokenLife, afterRejection: false, cancellationToken);
        try
        {
            await Auth(coverage, session).LogoutAsync(cancellationToken);
        }
        catch (SoracomApiException failure)
        {
            // The credential is good, which was the question; the token ends by itself in minutes.
            LogNotSignedOut(log, session.OperatorId, failure);
        }

        return new SoracomIdentity(session.OperatorId, session.UserName);
    }

    private async Task<SoracomSession> SignInAsync(
        SoracomCoverage coverage, SoracomCredential credential, TimeSpan life, bool afterRejection, CancellationToken cancellationToken)
    {
        var askedAt = time.GetTimestamp();
        var answer = await Auth(coverage, session: null).AuthAsync(AuthRequest.For(credential, life), cancellationToken);
        return new SoracomSession
        {
            Coverage = coverage,
            OperatorId = answer.OperatorId,
            UserName = answer.UserName,
            ApiKey = Sendable(answer.ApiKey, "auth"),
            Token = Sendable(answer.Token, "auth"),
            AskedAt = askedAt,
            Life = life,
            AfterRejection = afterRejection,
        };
    }

    /// <summary>A key or token that can't stand in a header would fail there, in an exception that quotes it.</summary>
    private static string Sendable(string secret, string operationId) =>
        secret.Length > 0 && SoracomHeaders.IsPlain(secret)
            ? secret
            : throw new SoracomProtocolException(new SoracomFailure
            {
                OperationId = operationId,
                Detail = "the answer holds a key or token that no header can carry",
            });

    private IAuthApi Auth(SoracomCoverage coverage, SoracomSession? session) =>
        Area<IAuthApi>.Create(requesters.Create(new Caller
        {
            Coverage = coverage,
            Priority = CallPriority.Interactive,
            Language = SoracomLanguage.English,
            Sessions = new FixedSessionSource(session),
        }));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Signing out of {OperatorId} after verifying its credential failed")]
    private static partial void LogNotSignedOut(ILogger logger, string operatorId, Exception failure);
}
