using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Actions;

/// <summary>Asks what a SIM's settings are to become, says what that means, and makes the changes. What fails leaves what was typed.</summary>
public sealed partial class SimChangeForm
{
    private InventorySim? row;
    private List<TagField> tags = [];
    private IReadOnlyList<GroupName> groups = [];
    private PortalError? groupsError;
    private PortalError? problem;
    private string name = "";
    private string group = "";
    private string status = "";
    private string speedClass = "";
    private DateTime? expiry;
    private string expiryAction = ExpiryAction.DoNothing;
    private ImeiChoice imeiLock;
    private string imei = "";
    private string typed = "";
    private int made;
    private bool mayHaveChanged;
    private bool busy;

    private enum ImeiChoice
    {
        None,
        InUse,
        Given,
    }

    /// <summary>What is to be done.</summary>
    [Parameter]
    [EditorRequired]
    public SimAct Act { get; set; }

    /// <summary>Which SIM.</summary>
    [Parameter]
    [EditorRequired]
    public required SimPlace Place { get; set; }

    /// <summary>The SIM as the vendor told it.</summary>
    [Parameter]
    [EditorRequired]
    public required Sim Sim { get; set; }

    /// <summary>The tenant.</summary>
    [Parameter]
    [EditorRequired]
    public required TenantContext Tenant { get; set; }

    /// <summary>Called at the end, with whether something may have changed.</summary>
    [Parameter]
    public EventCallback<bool> OnDone { get; set; }

    [Inject]
    private SimChanges Changes { get; set; } = null!;

    [Inject]
    private GroupNames GroupNames { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Words { get; set; } = null!;

    private InventorySim Row => row ??= InventoryRow.Of(Sim, Tenant.TenantId, Place.Coverage, Clock.GetUtcNow());

    private IReadOnlyList<string> SpeedClasses => SimPlans.SpeedClassesOf(Row) ?? SimPlans.AllSpeedClasses;

    /// <summary>What has to be typed to terminate: the name, or the id of a SIM that has none.</summary>
    private string TypedName => Names.IsBlank(Row.Name) ? Row.SimId : Names.Plain(Row.Name);

    private bool IsDanger => Act == SimAct.Terminate || (Act == SimAct.Protection && !Row.TerminationEnabled);

    private bool IsReady => Act != SimAct.Terminate || string.Equals(typed.Trim(), TypedName.Trim(), StringComparison.Ordinal);

    private string Yes => Act switch
    {
        SimAct.Terminate => Words["SimChange.Terminate"],
        SimAct.Protection => Words[Row.TerminationEnabled ? "SimAct.ProtectionOn" : "SimAct.ProtectionOff"],
        _ => Words["SimChange.Save"],
    };

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        (name, group, status, speedClass) = (Row.Name, Row.GroupId, Row.Status, Row.SpeedClass);
        tags = [.. InventoryRow.TagsOf(Row).Select(tag => new TagField { Key = tag.Key, Value = tag.Value })];
        expiry = Row.ExpiresAt is { } at ? Times.Local(at, Tenant.Tenant.TimeZone).DateTime : null;
        expiryAction = Row.ExpiryAction.Length == 0 ? ExpiryAction.DoNothing : Row.ExpiryAction;
        (imeiLock, imei) = Row.ImeiLock.Length == 0 ? (ImeiChoice.None, "") : (ImeiChoice.Given, Row.ImeiLock);
        if (Act == SimAct.Group && Tenant.May(Permission.GroupsRead))
        {
            var listed = await GroupNames.ListAsync(Tenant, Place.Coverage, CancellationToken.None);
            groupsError = listed.Error;
            groups = listed.Error is null ? listed.Value : [];
        }
    }

    private List<SimChange> Wanted() => Act switch
    {
        SimAct.Rename => [new SimNameChange(name.Trim())],
        SimAct.Tags => WantedTags(),
        SimAct.Group => [new SimGroupChange(group.Length == 0 ? null : group, groups.FirstOrDefault(one => one.Id == group)?.Name)],
        SimAct.Status => [new SimStatusChange(status)],
        SimAct.SpeedClass => [new SimSpeedChange(speedClass)],
        SimAct.Expiry => [expiry is { } at ? new SimExpiryChange(Times.InZone(at, Tenant.Tenant.TimeZone), expiryAction) : new SimExpiryChange(null)],
        SimAct.ImeiLock => [imeiLock switch { ImeiChoice.None => new SimImeiLockChange(null), ImeiChoice.InUse => new SimImeiLockChange(null, InUse: true), _ => new SimImeiLockChange(imei.Trim()) }],
        SimAct.Protection => [new SimProtectionChange(On: Row.TerminationEnabled)],
        SimAct.Terminate => [new SimTermination()],
        _ => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{Act} changes no setting.")),
    };

    private List<SimChange> WantedTags()
    {
        var before = InventoryRow.TagsOf(Row);
        var kept = tags.Select(tag => tag.Key.Trim()).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. before.Keys.Where(key => !kept.Contains(key)).Select(key => new SimTagRemoval(key)),
            .. tags.Where(tag => !before.TryGetValue(tag.Key.Trim(), out var value) || value != tag.Value).Select(tag => new SimTagChange(tag.Key.Trim(), tag.Value)),
        ];
    }

    private async Task SubmitAsync()
    {
        if (busy || !IsReady)
        {
            return;
        }

        (problem, made, busy) = (null, 0, true);
        try
        {
            var wanted = Wanted();
            // Bad values are named before anything is sent: a half of what was typed is nobody's wish.
            problem = wanted.Select(change => change.Wrong(Clock.GetUtcNow())).FirstOrDefault(wrong => wrong is not null);
            foreach (var change in problem is null ? wanted : [])
            {
                var changed = await Changes.ApplyAsync(Tenant, Place.Coverage, Place.SimId, change, CancellationToken.None);
                if (changed.Error is { } error)
                {
                    problem = error;
                    mayHaveChanged |= error is VendorError { OutcomeUnknown: true };
                    break;
                }

                made++;
                mayHaveChanged = true;
            }
        }
        finally
        {
            busy = false;
        }

        if (problem is null)
        {
            await OnDone.InvokeAsync(mayHaveChanged);
        }
    }
}
