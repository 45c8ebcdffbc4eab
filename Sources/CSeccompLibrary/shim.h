// Only carries libseccomp's include and link flags to CConfinement.
