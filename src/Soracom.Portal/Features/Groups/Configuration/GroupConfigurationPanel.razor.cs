using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Radzen;
using Soracom.Portal.Features.Groups.Editing;
using Soracom.Portal.Features.Groups.Settings;
using Soracom.Portal.Features.Groups.Sims;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Layout;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Groups.Configuration;

/// <summary>A group's configuration: edited, looked at, brought together with what others did, and written.</summary>
public sealed partial class GroupConfigurationPanel : IDisposable
{
    /// <summary>How often is looked whether a write has ended that was under way when the page was opened.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource leaving = new();
    private EditingChoices? choices;
    private GroupDesk? served;
    private IReadOnlySet<SettingKey> changed = new HashSet<SettingKey>();
    private PortalError? problem;
    private GroupWritten? outcome;
    private GroupEnded? ended;
    private bool busy;
    private bool unfinished;

    /// <summary>The group.</summary>
    [Parameter]
    [EditorRequired]
    public required GroupPlace Place { get; set; }

    /// <summary>What of it to show.</summary>
    [Parameter]
    [EditorRequired]
    public required GroupView View { get; set; }

    /// <summary>Called when the configuration was written.</summary>
    [Parameter]
    public EventCallback OnWritten { get; set; }

    /// <summary>What is done to it.</summary>
    [Parameter]
    [EditorRequired]
    public required GroupDesk Desk { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private GroupEditingChoices Offered { get; set; } = null!;

    [Inject]
    private GroupSims Sims { get; set; } = null!;

    [Inject]
    private GroupDeskServices Services { get; set; } = null!;

    [Inject]
    private Confirm Confirm { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Words { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private bool IsMineBeingWritten => Desk.Writing?.ById == Tenant.Actor.PersonId;

    private string GroupName => Names.InText(Names.IsBlank(Desk.Now?.Group.Name) ? Place.GroupId : Desk.Now!.Group.Name);

    /// <inheritdoc />
    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        Mark();
        if (served == Desk)
        {
            return;
        }

        served = Desk;
        (problem, outcome, ended) = (null, null, null);
        if (Desk.MayEdit)
        {
            choices = await Offered.ReadAsync(Tenant, Place.Coverage, leaving.Token);
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        var left = leaving.Token;
        await PageWatch.RunAsync(
            Clock,
            Interval,
            Tenant,
            async () =>
            {
                if (!busy && Desk.Writing is not null)
                {
                    await FollowAsync(left);
                }
            },
            left);
    }

    private async Task FollowAsync(CancellationToken left)
    {
        var asked = Desk;
        var followed = await asked.FollowAsync(left);
        if (asked != Desk)
        {
            return;
        }

        (problem, ended) = (followed.Error, followed.Error is null ? followed.Value : null);
        Mark();
        StateHasChanged();
        if (asked.Writing is null)
        {
            await OnWritten.InvokeAsync();
        }
    }

    private async Task EditAsync(IReadOnlyList<SettingEdit> edits)
    {
        (problem, outcome, ended) = (await Desk.EditAsync(edits, CancellationToken.None), null, null);
        Mark();
    }

    private async Task DiscardAsync()
    {
        if (await Confirm.AskAsync(Words["GroupDraft.Discard"], Words["GroupDraft.Discard.What", Desk.Changes.Count, GroupName], Words["GroupDraft.Discard"], danger: true))
        {
            await DoAsync(() => Desk.DiscardAsync(CancellationToken.None));
        }
    }

    private async Task MergeAsync()
    {
        await DoAsync(() => Desk.MergeAsync(CancellationToken.None));
        if (problem is null)
        {
            Navigation.NavigateTo(Place.To(View with { Step = Desk.Changes.Count > 0 ? GroupStep.Review : GroupStep.Edit }));
        }
    }

    private async Task WriteAsync()
    {
        if (busy || !await Confirm.AskAsync(Words["GroupReview.Write"], await QuestionAsync(), Words["GroupReview.Write"]))
        {
            return;
        }

        (problem, outcome, ended, busy) = (null, null, null, true);
        try
        {
            var written = await Desk.WriteAsync(CancellationToken.None);
            // What somebody else has changed has a step of its own.
            problem = written.Error is GroupChangedError ? null : written.Error;
            outcome = written.Error is null ? written.Value : null;
            var step = written.Error is GroupChangedError ? GroupStep.Merge : outcome is null or { Failure: not null } ? GroupStep.Review : GroupStep.Edit;
            Navigation.NavigateTo(Place.To(View with { Step = step }));
            await OnWritten.InvokeAsync();
        }
        finally
        {
            busy = false;
            Mark();
        }
    }

    /// <summary>What writing changes, and for how many SIMs as far as that is known.</summary>
    private async Task<string> QuestionAsync()
    {
        var (changes, tenant) = (Desk.Changes.Count, Names.InText(Tenant.Tenant.Name));
        var sims = Tenant.May(Permission.SimsRead) ? (await Sims.ReadAsync(Tenant, Place.Coverage, Place.GroupId, leaving.Token)).Value : null;
        return sims is { AsOf: not null, Counts.Total: var count }
            ? Words["GroupReview.ConfirmSims", changes, GroupName, tenant, count]
            : Words["GroupReview.Confirm", changes, GroupName, tenant];
    }

    private async Task ImportAsync(InputFileChangeEventArgs chosen)
    {
        if (chosen.File.Size > SettingsFile.Longest)
        {
            problem = new InputError("GroupFileLong", SettingsFile.Longest / 1024);
            return;
        }

        using var reader = new StreamReader(chosen.File.OpenReadStream(SettingsFile.Longest, leaving.Token));
        var json = await reader.ReadToEndAsync(leaving.Token);
        if (await MayReplaceAsync(Desk.Changes.Count, GroupName))
        {
            await FillAsync((filling, version) => filling.ImportAsync(Tenant, Place.Coverage, Place.GroupId, json, version, CancellationToken.None));
        }
    }

    private async Task CopyAsync()
    {
        var picked = await Dialogs.OpenAsync<GroupPicker>(
            Words["GroupCopy"],
            new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(GroupPicker.Tenant)] = Tenant, [nameof(GroupPicker.From)] = Place },
            new DialogOptions { Width = "min(34rem, calc(100vw - 2rem))", CloseDialogOnEsc = true, AutoFocusFirstElement = true });
        if (picked is not GroupLabel target)
        {
            return;
        }

        // The draft is the other group's: what it would change there is looked at there.
        var there = await Services.Drafts.FindAsync(Tenant, Place.Coverage, target.GroupId, CancellationToken.None);
        problem = there.Error;
        if (problem is null && await MayReplaceAsync(there.Value?.Changes.Count ?? 0, Names.InText(target.Text)))
        {
            var filled = await Services.Filling.CopyAsync(Tenant, Place.Coverage, target.GroupId, Place.GroupId, there.Value?.Version ?? 0, CancellationToken.None);
            problem = filled.Error;
            if (problem is null)
            {
                Navigation.NavigateTo(PortalUrls.Group(Place.Slug, Place.Coverage, target.GroupId, new GroupView { Step = GroupStep.Review }));
            }
        }
    }

    private async Task FillAsync(Func<GroupFilling, int, Task<Result<Draft>>> fill)
    {
        await DoAsync(() => Desk.FillAsync(fill, CancellationToken.None));
        if (problem is null)
        {
            Navigation.NavigateTo(Place.To(View with { Step = GroupStep.Review }));
        }
    }

    private async Task<bool> MayReplaceAsync(int changes, string group) =>
        changes == 0 || await Confirm.AskAsync(Words["GroupDraft.Replace"], Words["GroupDraft.Replace.What", changes, group], Words["GroupDraft.Replace"], danger: true);

    private async Task DoAsync(Func<Task<PortalError?>> act)
    {
        (problem, outcome, ended, busy) = (null, null, null, true);
        try
        {
            problem = await act();
        }
        finally
        {
            busy = false;
            Mark();
        }
    }

    private void OpenSpace(string space) => Navigation.NavigateTo(Place.To(View with { Space = space }), replace: true);

    private void Mark() => changed = Desk.Changes.Select(change => change.Setting).ToHashSet();
}
