using System.Globalization;
using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Shared.Vendor;

/// <summary>
/// Does what changes something at the vendor so that the audit trail tells of it, whatever comes of it: an entry before it is sent, another
/// with its outcome. Where no good answer came, looks whether it was done.
/// </summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="underWay">Keeps the portal from ending in between.</param>
internal sealed class VendorActs(TenantSoracom soracom, AuditTrail audit, ActsUnderWay underWay)
{
    /// <summary>Does it. The caller has asked the tenant for the permission, and the person for a confirmation.</summary>
    /// <typeparam name="T">What it answers.</typeparam>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="act">What the trail is to say; its outcome is filled in here.</param>
    /// <param name="call">Does it: one call.</param>
    /// <param name="look">Reads whether it was done after all, and what it would have answered; null where nothing can tell.</param>
    /// <param name="cancellationToken">Cancels, until it is sent.</param>
    /// <param name="told">Adds to the outcome's entry what only the answer tells; null where that is nothing.</param>
    /// <returns>The answer, or a <see cref="VendorError"/>.</returns>
    internal Task<Result<T>> DoAsync<T>(
        TenantContext tenant,
        SoracomCoverage coverage,
        AuditAct act,
        Func<ISoracomClient, CancellationToken, Task<T>> call,
        Func<ISoracomClient, CancellationToken, Task<Looked<T>>>? look,
        CancellationToken cancellationToken,
        Func<AuditAct, T, AuditAct>? told = null) => underWay.DoAsync(() => TellAsync(tenant, coverage, act, call, look, told, cancellationToken));

    private async Task<Result<T>> TellAsync<T>(
        TenantContext tenant,
        SoracomCoverage coverage,
        AuditAct act,
        Func<ISoracomClient, CancellationToken, Task<T>> call,
        Func<ISoracomClient, CancellationToken, Task<Looked<T>>>? look,
        Func<AuditAct, T, AuditAct>? told,
        CancellationToken cancellationToken)
    {
        await audit.RecordAsync(tenant, act with { Outcome = AuditOutcome.Begun }, cancellationToken);
        // Of the call itself, not of what it may look at afterwards.
        string? requestId = null;
        var done = await soracom.ChangeAsync(tenant, coverage, call, cancellationToken, id => requestId ??= id);
        if (done.Error is VendorError { OutcomeUnknown: true } && look is not null)
        {
            try
            {
                if (await soracom.ChangeAsync(tenant, coverage, look, CancellationToken.None) is { Error: null, Value: { Done: true } looked })
                {
                    done = looked.Answer;
                }
            }
            catch (OperationCanceledException) when (tenant.Ended.IsCancellationRequested)
            {
                // The right ended after it was sent: what became of it stays unknown, and is told so.
            }
        }

        var known = done.Error is null && told is not null ? told(act, done.Value) : act;
        await audit.RecordAsync(tenant, Told(known, done.Error as VendorError) with { VendorRequestId = requestId }, CancellationToken.None);
        return done;
    }

    /// <summary>What the trail says of an act that failed, or did not.</summary>
    /// <param name="act">The act.</param>
    /// <param name="error">Why it failed; null when it did not.</param>
    /// <returns>The act with its outcome.</returns>
    internal static AuditAct Told(AuditAct act, VendorError? error) => error is null
        ? act with { Outcome = AuditOutcome.Succeeded }
        : act with
        {
            Outcome = error.OutcomeUnknown ? AuditOutcome.Unknown : AuditOutcome.Failed,
            VendorRequestId = error.RequestId,
            Detail = string.Create(CultureInfo.InvariantCulture, $"{act.Detail}{(act.Detail is null ? "" : "; ")}{string.Join(' ', new[] { error.Kind.ToString(), error.Code }.OfType<string>())}"),
        };
}

/// <summary>What a look at the vendor found after a change without an answer.</summary>
/// <typeparam name="T">What the change answers.</typeparam>
/// <param name="Done">Whether the change is there.</param>
/// <param name="Answer">What it would have answered; of no meaning when it is not there.</param>
internal sealed record Looked<T>(bool Done, T Answer);
