using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Soracom.Api.Auth;
using Soracom.Api.Errors;

namespace Soracom.Api.Http;

/// <summary>Signing in, renewing and signing out. Keeps nothing: that is <see cref="SoracomSessions"/>'s job.</summary>
internal sealed partial class SignIn(
    RequesterFactory requesters, IOptions<SoracomApiOptions> options, TimeProvider time, ILogger<SignIn> log)
{
    private static readonly TimeSpan LongestSwitch = TimeSpan.FromHours(1);

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
        await SignOutAsync(coverage, session, cancellationToken);
        return new SoracomIdentity(session.OperatorId, session.UserName);
    }

    private async Task<SoracomSession> SignInAsync(
        SoracomCoverage coverage, SoracomCredential credential, TimeSpan life, bool afterRejection, CancellationToken cancellationToken)
    {
        if (credential is SwitchedUserCredential switched)
        {
            return await SwitchAsync(coverage, switched, life < LongestSwitch ? life : LongestSwitch, afterRejection, cancellationToken);
        }

        var askedAt = time.GetTimestamp();
        var answer = await Auth(coverage, session: null).AuthAsync(AuthRequest.For(credential, life), cancellationToken);
        return Session(coverage, answer, "auth", askedAt, life, afterRejection);
    }

    private async Task<SoracomSession> SwitchAsync(
        SoracomCoverage coverage, SwitchedUserCredential credential, TimeSpan life, bool afterRejection, CancellationToken cancellationToken)
    {
        var source = await SignInAsync(coverage, credential.Source, SoracomApiOptions.ShortestTokenLife, afterRejection, cancellationToken);
        var askedAt = time.GetTimestamp();
        var request = new SwitchUserRequest
        {
            OperatorId = credential.OperatorId,
            UserName = credential.UserName,
            TokenTimeoutSeconds = (long)life.TotalSeconds,
        };
        try
        {
            var answer = await Auth(coverage, source).SwitchUserAsync(request, cancellationToken);
            return Session(coverage, answer, "switchUser", askedAt, life, afterRejection);
        }
        catch (SoracomInvalidRequestException refused)
        {
            // Not trusted, or not there: as good as a wrong password.
            throw new SoracomAuthenticationException(refused.Failure);
        }
        finally
        {
            await SignOutAsync(coverage, source, cancellationToken);
        }
    }

    private static SoracomSession Session(
        SoracomCoverage coverage, AuthResponse answer, string operationId, long askedAt, TimeSpan life, bool afterRejection) => new()
        {
            Coverage = coverage,
            OperatorId = answer.OperatorId,
            UserName = answer.UserName,
            ApiKey = Sendable(answer.ApiKey, operationId),
            Token = Sendable(answer.Token, operationId),
            AskedAt = askedAt,
            Life = life,
            AfterRejection = afterRejection,
        };

    /// <summary>Ends a session that has served; where that fails its token ends by itself in minutes.</summary>
    private async Task SignOutAsync(SoracomCoverage coverage, SoracomSession session, CancellationToken cancellationToken)
    {
        try
        {
            await Auth(coverage, session).LogoutAsync(cancellationToken);
        }
        catch (SoracomApiException failure)
        {
            LogNotSignedOut(log, session.OperatorId, failure);
        }
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

    /// <summary>What is done without signing in.</summary>
    public IRecoveryApi Recovery(SoracomCoverage coverage, SoracomLanguage language) => Area<IRecoveryApi>.Create(requesters.Create(new Caller
    {
        Coverage = coverage,
        Priority = CallPriority.Interactive,
        Language = language,
        Sessions = new FixedSessionSource(session: null),
    }));

    private IAuthApi Auth(SoracomCoverage coverage, SoracomSession? session) =>
        Area<IAuthApi>.Create(requesters.Create(new Caller
        {
            Coverage = coverage,
            Priority = CallPriority.Interactive,
            Language = SoracomLanguage.English,
            Sessions = new FixedSessionSource(session),
        }));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Signing out of {OperatorId} failed; its token ends by itself")]
    private static partial void LogNotSignedOut(ILogger logger, string operatorId, Exception failure);
}
