using Microsoft.AspNetCore.Components;
using Radzen;
using Soracom.Api;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Groups.Managing;

/// <summary>How a form of a group ended.</summary>
public enum GroupFormEnd
{
    /// <summary>Nothing was changed.</summary>
    Nothing,

    /// <summary>Something was changed, or may have been.</summary>
    Changed,
}

/// <summary>Asks for a group's name and tags, to make one or to change them. What fails leaves what was typed.</summary>
public sealed partial class GroupForm
{
    private readonly List<TagField> tags = [];
    private SoracomCoverage coverage;
    private string name = "";
    private PortalError? problem;
    private int made;
    private bool mayHaveChanged;
    private bool busy;

    /// <summary>The group; null to make one.</summary>
    [Parameter]
    public LabelledGroup? Group { get; set; }

    /// <summary>The coverages that a group can be made in.</summary>
    [Parameter]
    public IReadOnlyList<SoracomCoverage> Choices { get; set; } = [];

    /// <summary>The tenant.</summary>
    [Parameter]
    [EditorRequired]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private GroupManager Manager { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    /// <summary>Whether a group may have been made: another try could make a second.</summary>
    private bool IsInDoubt => Group is null && problem is VendorError { OutcomeUnknown: true };

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        coverage = Group?.Coverage ?? (Choices.Count > 0 ? Choices[0] : default);
        name = Group?.Name ?? "";
        tags.AddRange((Group?.Tags ?? new Dictionary<string, string>(StringComparer.Ordinal)).OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => new TagField { Key = tag.Key, Value = tag.Value }));
    }

    private async Task SubmitAsync()
    {
        if (busy || IsInDoubt)
        {
            // A second click that was on its way before the button could be switched off.
            return;
        }

        (problem, made, busy) = (null, 0, true);
        try
        {
            KeyValuePair<string, string>[] wanted = [.. tags.Select(tag => new KeyValuePair<string, string>(tag.Key.Trim(), tag.Value))];
            if (Group is { } group)
            {
                await ChangeAsync(group, wanted);
            }
            else
            {
                var created = await Manager.CreateAsync(Tenant, coverage, name.Trim(), wanted, CancellationToken.None);
                problem = created.Error;
                mayHaveChanged |= created.Error is null or VendorError { OutcomeUnknown: true };
            }
        }
        finally
        {
            busy = false;
        }

        if (problem is null)
        {
            Dialogs.Close(mayHaveChanged ? GroupFormEnd.Changed : GroupFormEnd.Nothing);
        }
    }

    private async Task ChangeAsync(LabelledGroup group, KeyValuePair<string, string>[] wanted)
    {
        // Bad values are named before anything is sent: a half of what was typed is nobody's wish.
        problem = GroupTagChange.OfName(name.Trim()).Wrong() ?? GroupTagChange.Wrong(wanted);
        if (problem is not null)
        {
            return;
        }

        IEnumerable<GroupTagChange> renaming = string.Equals(name.Trim(), group.Name.Trim(), StringComparison.Ordinal) ? [] : [GroupTagChange.OfName(name.Trim())];
        foreach (var change in renaming.Concat(GroupTagChange.Between(group.Tags, wanted)))
        {
            var changed = await Manager.ChangeTagAsync(Tenant, group.Coverage, group.GroupId, change, CancellationToken.None);
            mayHaveChanged |= changed.Error is null or VendorError { OutcomeUnknown: true };
            problem = changed.Error;
            if (problem is not null)
            {
                return;
            }

            made++;
        }
    }
}
