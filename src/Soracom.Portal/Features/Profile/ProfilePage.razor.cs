using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Features.Profile;

/// <summary>Who is signed in, how the portal looks to them, and where else they are signed in.</summary>
public sealed partial class ProfilePage
{
    private IReadOnlyList<OpenSession>? sessions;
    private Person? known;
    private string? notice;
    private bool busy;

    /// <summary>Who is signed in.</summary>
    [CascadingParameter]
    public required SignedIn Person { get; set; }

    [Inject]
    private OwnSessions Sessions { get; set; } = null!;

    [Inject]
    private People People { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Words { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        known = await People.GetAsync(Person.PersonId, CancellationToken.None);
        sessions = await Sessions.ListAsync(Person, CancellationToken.None);
    }

    private async Task ChooseZoneAsync(string? zone)
    {
        busy = true;
        try
        {
            await People.ChooseTimeZoneAsync(Person.PersonId, string.IsNullOrEmpty(zone) ? null : zone, CancellationToken.None);
            known = await People.GetAsync(Person.PersonId, CancellationToken.None);
            notice = Words["Profile.Zone.Saved"];
        }
        finally
        {
            busy = false;
        }
    }

    private async Task EndAsync(OpenSession? session)
    {
        busy = true;
        try
        {
            notice = Words["Profile.Ended", await Sessions.EndAsync(Person, session?.Id, CancellationToken.None)];
            sessions = await Sessions.ListAsync(Person, CancellationToken.None);
        }
        finally
        {
            busy = false;
        }
    }
}
