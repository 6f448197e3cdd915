using Soracom.Portal.Features.Groups.Editing;
using Soracom.Portal.Features.Groups.Settings;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Groups.Configuration;

/// <summary>
/// What one person does to one group's configuration: the group as it was read, the draft, and the steps from the one to the other. Every
/// edit is kept at once, so that a page that is lost loses nothing. It holds secrets; pages show what it masks.
/// </summary>
public sealed class GroupDesk
{
    private readonly GroupDeskServices services;
    private readonly TenantContext tenant;
    private readonly GroupPlace place;
    private readonly Dictionary<MergePlace, MergeSide> chosen = [];
    private Task last = Task.CompletedTask;
    private SeenGroup? now;
    private Draft? draft;

    internal GroupDesk(GroupDeskServices services, TenantContext tenant, GroupPlace place) => (this.services, this.tenant, this.place) = (services, tenant, place);

    /// <summary>Whether the person may edit.</summary>
    public bool MayEdit => tenant.May(Permission.GroupsEdit);

    /// <summary>The group as it was read; null before it was.</summary>
    public SeenGroup? Now
    {
        get => now;
        private set
        {
            now = value;
            Shown = Settings.Masked();
        }
    }

    /// <summary>The write that was under way when it was last looked; null when there was none. One that this desk makes is not among them.</summary>
    public GroupWriting? Writing { get; private set; }

    /// <summary>The draft; null when there is none.</summary>
    public Draft? Draft
    {
        get => draft;
        private set
        {
            draft = value;
            Shown = Settings.Masked();
        }
    }

    /// <summary>What is edited: the draft or, without one, the group's settings. Masked.</summary>
    public GroupSettings Shown { get; private set; } = GroupSettings.None;

    /// <summary>What the draft would change.</summary>
    public IReadOnlyList<SettingChange> Changes => Draft?.Changes ?? [];

    /// <summary>How much of <see cref="GroupSettings.LargestSize"/> is taken, in bytes.</summary>
    public int Size => Settings.Size;

    /// <summary>Whether the group was changed since the draft was begun.</summary>
    public bool IsBehind => Draft is { } mine && Now is { } theirs && !theirs.Settings.Equals(mine.Base);

    /// <summary>The draft brought together with what others have changed, as far as was chosen; null when there is nothing to bring together.</summary>
    public SettingsMerge? Merge => IsBehind ? SettingsMerge.Of(Draft!.Base, Draft.Content.Settings, Now!.Settings, chosen) : null;

    private GroupSettings Settings => Draft?.Content.Settings ?? Now?.Settings ?? GroupSettings.None;

    /// <summary>Reads the group, and the draft where there is one.</summary>
    internal async Task<PortalError?> LoadAsync(CancellationToken cancellationToken)
    {
        Writing = await services.Drafts.WritingAsync(tenant, place.Coverage, place.GroupId, cancellationToken);
        var read = await services.Reader.ReadAsync(tenant, place.Coverage, place.GroupId, cancellationToken);
        return read.Error ?? await TakeAsync(read.Value, cancellationToken);
    }

    /// <summary>Looks whether the write that was under way has ended, and reads the group again when it has.</summary>
    /// <returns>What came of one's own, so far as the draft and the group tell; null while it goes on, and of another's.</returns>
    internal Task<Result<GroupEnded?>> FollowAsync(CancellationToken cancellationToken) => InTurnAsync<Result<GroupEnded?>>(async () =>
    {
        if (Writing is not { } former || await services.Drafts.WritingAsync(tenant, place.Coverage, place.GroupId, cancellationToken) is not null)
        {
            return Result.Of<GroupEnded?>(null);
        }

        var error = await LoadAsync(cancellationToken);
        return error is not null ? error : Result.Of(former.ById == tenant.Actor.PersonId ? new GroupEnded(Draft is null ? Now!.Number : null) : null);
    });

    /// <summary>Keeps edits of what is shown.</summary>
    /// <returns>Why they are not kept; null when they are.</returns>
    internal Task<PortalError?> EditAsync(IReadOnlyList<SettingEdit> edits, CancellationToken cancellationToken) => InTurnAsync<PortalError?>(async () =>
    {
        var error = await ApplyAsync(edits, cancellationToken);
        if (error is not ConflictError)
        {
            return error;
        }

        // Edited in another window of the same person: the edit holds for that draft as well.
        return await FindAsync(cancellationToken) ?? await ApplyAsync(edits, cancellationToken);
    });

    /// <summary>Throws the draft away.</summary>
    internal Task<PortalError?> DiscardAsync(CancellationToken cancellationToken) => InTurnAsync<PortalError?>(async () =>
    {
        if (Draft is not { } known)
        {
            return null;
        }

        var gone = await services.Drafts.DiscardAsync(tenant, place.Coverage, place.GroupId, known.Version, cancellationToken);
        if (gone.Error is null)
        {
            Draft = null;
            chosen.Clear();
            return null;
        }

        return await FindAsync(cancellationToken) ?? gone.Error;
    });

    /// <summary>Writes the draft that is shown.</summary>
    internal Task<Result<GroupWritten>> WriteAsync(CancellationToken cancellationToken) => InTurnAsync<Result<GroupWritten>>(async () =>
    {
        if (Draft is not { } known)
        {
            return new GoneError();
        }

        var written = await services.Writer.WriteAsync(tenant, place.Coverage, place.GroupId, known.Version, cancellationToken);
        if (written is { Error: null, Value.Now: { } after })
        {
            await TakeAsync(after, CancellationToken.None);
        }
        else if (written.Error is GroupChangedError)
        {
            await LoadAsync(CancellationToken.None);
        }
        else
        {
            await FindAsync(CancellationToken.None);
        }

        return written;
    });

    /// <summary>Chooses whose value stands where both have changed something.</summary>
    internal void Choose(MergePlace conflict, MergeSide side) => chosen[conflict] = side;

    /// <summary>Goes on with the draft brought together with what others have changed; everything was chosen.</summary>
    internal Task<PortalError?> MergeAsync(CancellationToken cancellationToken) => InTurnAsync(async () =>
        Merge is { IsOpen: false } merge && Draft is { } mine && Now is { } theirs
            ? await SaveAsync(mine.Version, mine.Content with { BaseNumber = theirs.Number, Settings = merge.Settings }, cancellationToken)
            : null);

    /// <summary>Fills the draft, in place of what it held.</summary>
    /// <param name="fill">Fills it; is given the version of the draft that there is, or 0.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal Task<PortalError?> FillAsync(Func<GroupFilling, int, Task<Result<Draft>>> fill, CancellationToken cancellationToken) => InTurnAsync<PortalError?>(async () =>
    {
        var filled = await fill(services.Filling, Draft?.Version ?? 0);
        if (filled.Error is { } error)
        {
            return error;
        }

        chosen.Clear();
        return await LoadAsync(cancellationToken);
    });

    private async Task<PortalError?> TakeAsync(SeenGroup seen, CancellationToken cancellationToken)
    {
        Now = seen;
        return MayEdit ? await FindAsync(cancellationToken) : null;
    }

    private async Task<PortalError?> FindAsync(CancellationToken cancellationToken)
    {
        var found = await services.Drafts.FindAsync(tenant, place.Coverage, place.GroupId, cancellationToken);
        if (found.Error is null)
        {
            Draft = found.Value;
        }

        return found.Error;
    }

    private async Task<PortalError?> ApplyAsync(IReadOnlyList<SettingEdit> edits, CancellationToken cancellationToken)
    {
        if (Now is not { } seen)
        {
            return new GoneError();
        }

        var settings = Settings;
        foreach (var (setting, value) in edits)
        {
            if (value is not { } edited)
            {
                settings = settings.Without(setting);
            }
            else if (SettingSecrets.Unmasked(setting, edited, Settings[setting]) is { } whole)
            {
                settings = settings.With(setting, whole);
            }
            else
            {
                return new InputError("SettingMask", setting);
            }
        }

        if (settings.Equals(Settings))
        {
            return null;
        }

        if (Draft is { } known && settings.Equals(known.Base) && !IsBehind)
        {
            // Edited back to what is there: nothing is left of the draft.
            var gone = await services.Drafts.DiscardAsync(tenant, place.Coverage, place.GroupId, known.Version, cancellationToken);
            Draft = gone.Error is null ? null : Draft;
            return gone.Error;
        }

        return await SaveAsync(Draft?.Version ?? 0, Draft is { } mine ? mine.Content with { Settings = settings } : new DraftContent(seen.Number, settings), cancellationToken);
    }

    private async Task<PortalError?> SaveAsync(int version, DraftContent content, CancellationToken cancellationToken)
    {
        var saved = await services.Drafts.SaveAsync(tenant, place.Coverage, place.GroupId, version, content, cancellationToken);
        if (saved.Error is null)
        {
            Draft = saved.Value;
        }

        return saved.Error;
    }

    /// <summary>One after the other, in the order in which they were asked for; also what is asked for while the page is being left.</summary>
    private async Task<T> InTurnAsync<T>(Func<Task<T>> act)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Interlocked.Exchange(ref last, mine.Task);
        try
        {
            return await act();
        }
        finally
        {
            mine.SetResult();
        }
    }
}

/// <summary>A write of one's own that has ended elsewhere: on a page that was left.</summary>
/// <param name="Number">The revision that came of it; null when it was not written whole, and the draft holds what is left.</param>
public sealed record GroupEnded(int? Number);

/// <summary>The services that a desk works with.</summary>
internal sealed record GroupDeskServices
{
    /// <summary>Reads groups.</summary>
    public required GroupReader Reader { get; init; }

    /// <summary>Keeps drafts.</summary>
    public required GroupDrafts Drafts { get; init; }

    /// <summary>Writes them.</summary>
    public required GroupWriter Writer { get; init; }

    /// <summary>Fills them.</summary>
    public required GroupFilling Filling { get; init; }
}
