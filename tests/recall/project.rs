//! The documents of a clean project: those beside the package, which a planting may change, too.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::PathBuf;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::random::Random;
use crate::recall::vary::vary;

/// How the project comes to the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Nothing but the package was changed, which is read from standard input.
    #[default]
    Package,
    /// The files of a folder.
    Folder,
    /// An `.ispac`.
    Archive,
}

/// Documents of a project by name. None is read before it is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Project {
    folder: PathBuf,
    documents: BTreeMap<String, String>,
    pub(crate) shape: Shape,
    /// What becomes of the bytes of the archive in the end.
    pub(crate) damage: Option<fn(&mut Vec<u8>)>,
}

impl Project {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder, ..Self::default() }
    }

    /// Lints the whole project, as a folder or as an archive.
    pub(crate) fn come_as(&mut self, shape: Shape) {
        if self.documents.is_empty() {
            let entries = std::fs::read_dir(&self.folder).expect("a clean project").map(|entry| entry.expect("an entry").path());
            let read = |path: PathBuf| Some((path.file_name()?.to_str()?.to_owned(), std::fs::read_to_string(&path).expect("it is text")));
            self.documents = entries.filter_map(read).collect();
        }
        self.shape = shape;
    }

    /// The other documents of the project, which becomes a folder if it is nothing yet.
    pub(crate) fn documents(&mut self) -> &mut BTreeMap<String, String> {
        if self.shape == Shape::Package {
            self.come_as(Shape::Folder);
        }
        &mut self.documents
    }

    pub(crate) fn document(&mut self, name: &str) -> &mut String {
        self.documents().get_mut(name).unwrap_or_else(|| panic!("the clean project has no {name}"))
    }

    /// Changes the first place of a text in another document.
    pub(crate) fn replace(&mut self, name: &str, old: &str, new: &str) {
        let document = self.document(name);
        assert!(document.contains(old), "{name} holds no {old}");
        *document = document.replacen(old, new, 1);
    }

    /// The files to be linted, in some spelling; an archive is one file.
    pub(crate) fn files(mut self, main: &str, text: String, random: &mut Random) -> Vec<(String, Vec<u8>)> {
        if self.documents.contains_key(main) {
            self.documents.insert(main.to_owned(), text);
        }
        if self.shape == Shape::Folder {
            return self.documents.into_iter().map(|(name, text)| (name, vary(&text, random))).collect();
        }
        let mut bytes = archive(self.documents, random);
        if let Some(damage) = self.damage {
            damage(&mut bytes);
        }
        vec![("Planted.ispac".to_owned(), bytes)]
    }
}

/// The archive that a build makes of a project: its manifest is a part of the project file.
fn archive(documents: BTreeMap<String, String>, random: &mut Random) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, bytes: &[u8]| {
        writer.start_file(name, SimpleFileOptions::default()).expect("a member");
        writer.write_all(bytes).expect("it is written");
    };
    put("[Content_Types].xml", b"<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
    for (name, text) in documents {
        match name.strip_suffix(".dtproj") {
            Some(_) => {
                let (start, end) = (text.find("<SSIS:Project ").expect("a manifest"), text.find("</Manifest>").expect("it ends"));
                put("@Project.manifest", &vary(&format!("<?xml version=\"1.0\"?>\n{}", &text[start..end]), random));
            }
            None => put(&name.replace(' ', "%20"), &vary(&text, random)),
        }
    }
    writer.finish().expect("an archive").into_inner()
}
