using Microsoft.AspNetCore.Components;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Audit;

/// <summary>Has the trail looked through when somebody asks for it, and says what was found.</summary>
public sealed partial class AuditVerification : IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private AuditCheck? check;
    private DateTimeOffset? checkedAt;
    private bool checking;

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private AuditLog Log { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    private async Task VerifyAsync()
    {
        checking = true;
        try
        {
            check = await Log.VerifyAsync(Tenant, gone.Token);
            checkedAt = Clock.GetUtcNow();
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        finally
        {
            checking = false;
        }
    }

    private string Said(AuditFault fault) => L[fault.Number > 0 || fault.Kind == AuditFaultKind.KeepDiffers ? $"AuditFault.{fault.Kind}" : $"AuditFault.{fault.Kind}.Unchained", fault.Number, fault.EntryId ?? 0];
}
