using Microsoft.AspNetCore.Components;
using Soracom.Portal.Shared.Mail;

namespace Soracom.Portal.Features.Mail;

/// <summary>In Development: the mail that would have been sent. Elsewhere there is no such page.</summary>
public sealed partial class DevelopmentMailPage
{
    private IReadOnlyList<KeptLetter>? letters;

    [Inject]
    private IMailer Mailer { get; set; } = null!;

    [Inject]
    private IHostEnvironment Environment { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        if (!Environment.IsDevelopment() || Mailer is not FolderMailer folder)
        {
            Navigation.NotFound();
            return;
        }

        letters = await folder.ListAsync(CancellationToken.None);
    }

    // Only pages of this portal: what stands in a letter is no reason to send anybody elsewhere.
    private string? Link(string paragraph) => paragraph.StartsWith(Navigation.BaseUri, StringComparison.Ordinal) ? $"/{Navigation.ToBaseRelativePath(paragraph)}" : null;
}
